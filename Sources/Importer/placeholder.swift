// The road from files to the database.
