"""What the people of the demo town say: texts only, in the notation of `demo.writing`."""
