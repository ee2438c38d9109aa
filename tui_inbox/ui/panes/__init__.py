"""The four panes: Inbox, Timeline, Searches, People."""
