name_trace()
