"mysql": "mysql+pymysql",
"mariadb": "mariadb+pymysql",
