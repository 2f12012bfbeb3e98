-- Nothing differs in the tables. The wall itself is in postgresql/afterMigrate.sql, which runs after each migration, so
-- databases of version 129 get it with this one.
SELECT 1;
