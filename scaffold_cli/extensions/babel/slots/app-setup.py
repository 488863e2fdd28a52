app.add_template_global(language_tag)
app.add_template_filter(gettext, "translate")  # for texts that are no HTML
app.after_request(tell_language)
