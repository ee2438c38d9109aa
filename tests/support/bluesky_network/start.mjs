// Real AT Protocol network (PLC + PDS + AppView + bsync + Ozone) on loopback, seeded.
import net from 'node:net'
import http from 'node:http'
import fs from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { startJetstream } from './jetstream.mjs'
// Everything in the dev env listens on all interfaces by default: force loopback.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...a) {
  if (typeof a[0] === 'number' || (typeof a[0] === 'string' && /^\d+$/.test(a[0]))) {
    if (typeof a[1] === 'string') a[1] = '127.0.0.1'
    else a.splice(1, 0, '127.0.0.1')
  } else if (a[0] && typeof a[0] === 'object' && 'port' in a[0]) a[0].host = '127.0.0.1'
  return listen.apply(this, a)
}
const t0 = Date.now()
const HERE = process.argv[2] ?? process.cwd()
const { TestNetwork } = await import('@atproto/dev-env')
const { AtpAgent, RichText, AtUri } = await import('@atproto/api')
const { TID } = await import('@atproto/common-web')
const sharp = (await import('sharp')).default
const jose = await import('jose')
const tImport = Date.now()
const B = Number(process.env.BASE_PORT ?? 2581)
const P = { introspect: B, plc: B + 1, pds: B + 2, bsky: B + 3, control: B + 4, ozone: B + 5, jetstream: B + 6 }
const network = await TestNetwork.create({
  plc: { port: P.plc },
  pds: {
    port: P.pds, hostname: 'localhost', enableDidDocWithSession: true,
    rateLimitsEnabled: process.env.RATE_LIMITS !== '0', rateLimitBypassKey: 'bypass',
  },
  bsky: { dbPostgresSchema: 'bsky', port: P.bsky, publicUrl: `http://localhost:${P.bsky}` },
  ozone: { port: P.ozone, dbMaterializedViewRefreshIntervalMs: 30_000 },
  introspect: { port: P.introspect },
})
const tNet = Date.now()
const PDS = `http://127.0.0.1:${P.pds}`
const LABELER = 'did:example:labeler'
const bypass = (url, init = {}) => {
  const h = new Headers(init.headers ?? (url instanceof Request ? url.headers : undefined))
  h.set('x-ratelimit-bypass', 'bypass')
  return fetch(url, { ...init, headers: h })
}
const users = [
  ['alice.test', 'Alice 👩‍💻', 'Test user 0'], ['bob.test', 'Bob', 'Posts a lot'],
  ['carla.test', 'Carla Ñandú', 'Photos'], ['dan.test', 'Dan', ''],
  ['erin.test', 'ايرين (rtl)', 'right to left name'], ['frank.test', 'Frank', 'Blocked by alice'],
  ['grace.test', '', ''], ['spam.test', 'Mention bot', ''], ['labeler.test', 'Test labeler', 'labels'],
]
const A = {}
for (const [handle, displayName, description] of users) {
  const agent = new AtpAgent({ service: PDS, fetch: bypass })
  const password = `pw-${handle.split('.')[0]}-1234`
  await agent.createAccount({ handle, email: handle.replace('.', '@') + '.com', password })
  if (displayName) await agent.app.bsky.actor.profile.create({ repo: agent.did }, { displayName, description })
  A[handle.split('.')[0]] = Object.assign(agent, { password })
}
await network.processAll(30_000)
const { alice, bob, carla, dan, erin, frank, grace, spam, labeler } = A
const follow = async (a, ...bs) => { for (const b of bs) await a.follow(b.did) }
await follow(alice, bob, carla, dan, erin, spam)
await follow(bob, alice, carla); await follow(carla, alice, bob, dan, erin, frank)
await follow(dan, alice); await follow(erin, alice, bob); await follow(frank, alice, bob); await follow(grace, alice)
const seeds = {}
let clock = Date.now() - 3 * 3600e3
const at = (step = 1000) => new Date((clock += step)).toISOString()
const resolver = new AtpAgent({ service: PDS, fetch: bypass })
async function post(agent, text, extra = {}) {
  const rt = new RichText({ text }); await rt.detectFacets(resolver)
  const res = await agent.post({ text: rt.text, facets: rt.facets, createdAt: at(), langs: ['en'], ...extra })
  return { uri: res.uri, cid: res.cid }
}
const reply = (agent, root, parent, text, extra = {}) => post(agent, text, { reply: { root, parent }, ...extra })
async function png(w, h, rgb) { return sharp({ create: { width: w, height: h, channels: 3, background: rgb } }).png().toBuffer() }
async function blob(agent, bytes, encoding = 'image/png') { return (await agent.uploadBlob(bytes, { encoding })).data.blob }
// 120 old posts by bob, for paging
{
  const base = Date.now() - 48 * 3600e3
  for (let b = 0; b < 3; b++) await bob.com.atproto.repo.applyWrites({ repo: bob.did, writes: Array.from({ length: 40 }, (_, i) => ({
    $type: 'com.atproto.repo.applyWrites#create', collection: 'app.bsky.feed.post',
    value: { $type: 'app.bsky.feed.post', text: `bob bulk post ${b * 40 + i}`, createdAt: new Date(base + (b * 40 + i) * 60e3).toISOString() },
  })) })
}
const S = seeds
S.plain = await post(alice, 'Hello from Alice, the first post')
S.facets = await post(carla, '👩‍👩‍👧 caffè @alice.test look at https://example.com/a/very/long/path?with=query #Español #tag and ünï @bob.test')
S.cjk = await post(erin, '日本語のテスト投稿です。リンク https://example.jp/日本 と #日本語', { langs: ['ja'] })
S.rtl = await post(erin, 'مرحبا @alice.test كيف الحال؟ #وسم', { langs: ['ar'] })
S.longest = await post(carla, 'x'.repeat(290) + ' 👨‍👩‍👧‍👦👨‍👩‍👧‍👦end')
S.newlines = await post(dan, 'line one\n\nline three\n\ttabbed\u202Ebidi\u200bzero-width \u001b[31mANSI?\u001b[0m')
const img1 = await blob(carla, await png(1200, 800, { r: 200, g: 40, b: 40 })), img2 = await blob(carla, await png(400, 900, { r: 30, g: 90, b: 200 }))
S.images = await post(carla, 'two pictures', { embed: { $type: 'app.bsky.embed.images', images: [
  { image: img1, alt: 'a red rectangle, 1200 by 800', aspectRatio: { width: 1200, height: 800 } },
  { image: img2, alt: '' , aspectRatio: { width: 400, height: 900 } } ] } })
S.quote = await post(bob, 'quoting alice', { embed: { $type: 'app.bsky.embed.record', record: S.plain } })
S.quoteMedia = await post(carla, 'quote with picture', { embed: { $type: 'app.bsky.embed.recordWithMedia', record: { record: S.plain }, media: { $type: 'app.bsky.embed.images', images: [{ image: img1, alt: 'red again' }] } } })
S.external = await post(dan, 'a link card', { embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com/card', title: 'Card title', description: 'Card description' } } })
S.video = await post(dan, 'a video', { embed: { $type: 'app.bsky.embed.video', alt: 'a fake video', aspectRatio: { width: 16, height: 9 }, video: await blob(dan, Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42\0\0\0\0mp42isom'), Buffer.alloc(64)]), 'video/mp4') } })
S.unknownEmbed = (await bob.com.atproto.repo.createRecord({ repo: bob.did, collection: 'app.bsky.feed.post', validate: false, record: { $type: 'app.bsky.feed.post', text: 'embed of a type nobody knows', createdAt: at(), embed: { $type: 'com.example.embed.poll', q: 'yes?' } } }).then((r) => ({ uri: r.data.uri, cid: r.data.cid })).catch((e) => ({ error: String(e.message) })))
S.selfLabel = await post(carla, 'self-labelled picture', { embed: { $type: 'app.bsky.embed.images', images: [{ image: img2, alt: 'labelled' }] }, labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] } })
S.future = await post(dan, 'createdAt lies: one year in the future', { createdAt: new Date(Date.now() + 365 * 864e5).toISOString() })
S.past = await post(dan, 'createdAt lies: 1999', { createdAt: '1999-12-31T23:59:59.000Z' })
// thread
S.root = await post(alice, 'thread root #thread')
S.r1 = await reply(bob, S.root, S.root, 'reply 1 by bob'); S.r11 = await reply(alice, S.root, S.r1, 'alice answers @bob.test')
S.r111 = await reply(carla, S.root, S.r11, 'carla deep reply'); S.r1111 = await reply(bob, S.root, S.r111, 'bob deeper reply')
S.r2 = await reply(dan, S.root, S.root, 'reply 2 by dan'); S.r3 = await reply(frank, S.root, S.root, 'reply by frank (alice blocks frank)')
S.deletedParent = await reply(dan, S.root, S.root, 'this reply gets deleted'); S.orphan = await reply(bob, S.root, S.deletedParent, 'reply to a deleted reply')
await dan.deletePost(S.deletedParent.uri)
S.quoteDeletedTarget = await post(dan, 'to be deleted'); S.quoteDeleted = await post(bob, 'quote of a deleted post', { embed: { $type: 'app.bsky.embed.record', record: S.quoteDeletedTarget } })
await dan.deletePost(S.quoteDeletedTarget.uri)
S.quoteBlocked = await post(bob, 'quote of frank (blocked by alice)', { embed: { $type: 'app.bsky.embed.record', record: S.r3 } })
// gates
S.gated = await post(alice, 'only people I mention (@carla.test) can reply; nobody may quote')
await alice.com.atproto.repo.createRecord({ repo: alice.did, collection: 'app.bsky.feed.threadgate', rkey: new AtUri(S.gated.uri).rkey, record: { $type: 'app.bsky.feed.threadgate', post: S.gated.uri, allow: [{ $type: 'app.bsky.feed.threadgate#mentionRule' }], createdAt: at() } })
await alice.com.atproto.repo.createRecord({ repo: alice.did, collection: 'app.bsky.feed.postgate', rkey: new AtUri(S.gated.uri).rkey, record: { $type: 'app.bsky.feed.postgate', post: S.gated.uri, embeddingRules: [{ $type: 'app.bsky.feed.postgate#disableRule' }], createdAt: at() } })
S.gateReplyOk = await reply(carla, S.gated, S.gated, 'carla may reply'); S.gateReplyBad = await reply(dan, S.gated, S.gated, 'dan may not reply')
S.gateQuoteBad = await post(dan, 'forbidden quote', { embed: { $type: 'app.bsky.embed.record', record: S.gated } })
// mentions, likes, reposts
for (let i = 0; i < 3; i++) await post(spam, `hey @alice.test mention number ${i}`)
for (const u of [bob, carla, dan, erin, grace]) await u.like(S.plain.uri, S.plain.cid)
for (const u of [bob, carla]) await u.repost(S.plain.uri, S.plain.cid)
await alice.like(S.images.uri, S.images.cid); await alice.repost(S.images.uri, S.images.cid); await bob.like(S.r11.uri, S.r11.cid)
await alice.app.bsky.graph.block.create({ repo: alice.did }, { subject: frank.did, createdAt: at() })
await alice.app.bsky.graph.muteActor({ actor: spam.did }).catch((e) => console.log('mute', e.message))
// list, feed generator, third-party label
const list = await alice.app.bsky.graph.list.create({ repo: alice.did }, { name: 'Friends', purpose: 'app.bsky.graph.defs#curatelist', createdAt: at() })
for (const u of [bob, carla]) await alice.app.bsky.graph.listitem.create({ repo: alice.did }, { list: list.uri, subject: u.did, createdAt: at() })
S.list = { uri: list.uri }
const fgUri = AtUri.make(alice.did, 'app.bsky.feed.generator', 'cats').toString()
const fg = await network.createFeedGen({ [fgUri]: async () => ({ encoding: 'application/json', body: { feed: [S.images, S.facets, S.plain].map((p) => ({ post: p.uri })) } }) })
await alice.app.bsky.feed.generator.create({ repo: alice.did, rkey: 'cats' }, { did: fg.did, displayName: 'Cats', createdAt: at() })
S.feed = { uri: fgUri }
const addLabel = async ({ uri, cid = '', val, src = LABELER, neg = false }) => network.bsky.db.db.insertInto('label').values({ uri, cid, val, src, neg, cts: new Date().toISOString(), exp: null }).onConflict((oc) => oc.doNothing()).execute()
await network.processAll(60_000)
let labelErr = null
await addLabel({ uri: S.external.uri, cid: S.external.cid, val: 'spam' }).catch((e) => { labelErr = String(e) })
const tSeed = Date.now()
startJetstream({ port: P.jetstream, pds: `ws://127.0.0.1:${P.pds}` })
// ------- control endpoint for tests
const forge = async (handle, { expiredAgo = 60, scope = 'com.atproto.access', typ = 'at+jwt' } = {}) => {
  const did = A[handle.split('.')[0]].did, now = Math.floor(Date.now() / 1000)
  return new jose.SignJWT({ scope }).setProtectedHeader({ typ, alg: 'HS256' }).setAudience(network.pds.ctx.cfg.service.did).setSubject(did)
    .setIssuedAt(now - 7200).setExpirationTime(now - expiredAgo).setJti(randomUUID()).sign(network.pds.jwtSecretKey())
}
// The PDS goes away, with the connections of its clients, and comes back on the same port. The AppView's line stays.
const away = async (seconds) => {
  const server = network.pds.server.server
  server.close()
  server.closeAllConnections()
  setTimeout(() => server.listen(P.pds), seconds * 1000)
}
http.createServer(async (req, res) => {
  try {
    const u = new URL(req.url, 'http://x'); let body = ''; for await (const c of req) body += c
    const j = body ? JSON.parse(body) : {}; let out = { ok: true }
    if (u.pathname === '/processAll') await network.processAll(30_000)
    else if (u.pathname === '/expiredToken') out = { accessJwt: await forge(j.handle, j) }
    else if (u.pathname === '/label') await addLabel(j)
    else if (u.pathname === '/memory') out = process.memoryUsage()
    else if (u.pathname === '/away') await away(j.seconds ?? 1)
    else { res.statusCode = 404; out = { error: 'NotFound' } }
    res.setHeader('content-type', 'application/json'); res.end(JSON.stringify(out))
  } catch (e) { res.statusCode = 500; res.end(JSON.stringify({ error: String(e?.stack ?? e) })) }
}).listen(P.control)
const accounts = {}
for (const a of Object.values(A)) accounts[a.session.handle] = { did: a.did, password: a.password, accessJwt: a.session.accessJwt, refreshJwt: a.session.refreshJwt }
const out = {
  ...accounts,
  _services: {
    pds: PDS, appview: `http://127.0.0.1:${P.bsky}`, appviewDid: network.bsky.serverDid, plc: `http://127.0.0.1:${P.plc}`, ozone: `http://127.0.0.1:${P.ozone}`,
    introspect: `http://127.0.0.1:${P.introspect}`, firehose: `ws://127.0.0.1:${P.pds}/xrpc/com.atproto.sync.subscribeRepos`,
    jetstream: `ws://127.0.0.1:${P.jetstream}`, control: `http://127.0.0.1:${P.control}`, labeler: LABELER, pdsDid: network.pds.ctx.cfg.service.did,
    adminPassword: 'admin-pass', rateLimitBypassHeader: { 'x-ratelimit-bypass': 'bypass' },
  },
  _seeds: seeds,
}
fs.writeFileSync(path.join(HERE, 'accounts.json'), JSON.stringify(out, null, 1))
const stats = { importMs: tImport - t0, networkMs: tNet - tImport, seedMs: tSeed - tNet, totalMs: Date.now() - t0, rssMB: Math.round(process.memoryUsage().rss / 1048576), labelErr }
fs.writeFileSync(path.join(HERE, 'READY'), JSON.stringify(stats) + '\n')
console.log('READY', JSON.stringify(stats))
const stop = async () => { await Promise.race([network.close().catch((e) => console.log(String(e))), new Promise((r) => setTimeout(r, 4000))]); process.exit(0) }
process.on('SIGTERM', stop); process.on('SIGINT', stop)
process.on('unhandledRejection', (e) => console.log('unhandledRejection', e))
