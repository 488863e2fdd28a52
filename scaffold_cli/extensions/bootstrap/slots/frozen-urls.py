yield "faq.faq", {}
