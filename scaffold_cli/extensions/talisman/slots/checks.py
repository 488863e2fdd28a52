https,
