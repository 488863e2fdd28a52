"""What visitors ask, and what to answer."""

QUESTIONS = {
    "How can I reach you?": (
        "Write to hello@example.com. We answer within a day, save on Sundays."
    ),
    "What do you keep about me?": (
        "What you tell us, and for as long as you want us to. We pass nothing on."
    ),
    "Does the site set cookies?": (
        "One, and only where it must remember something for you. It tracks nobody."
    ),
}
