".faq.blueprint",
