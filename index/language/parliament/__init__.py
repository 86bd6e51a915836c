"""What is said in Parliament, as strings: who asks and who signs, what is promised, what a question asks."""
