if connection.dialect.name == "postgresql":
    # Changing a large table takes long.
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.commit()
