if getattr(connection.dialect, "is_mariadb", False):
    # Changing a large table takes long.
    connection.exec_driver_sql("SET max_statement_time = 0")
    connection.commit()
