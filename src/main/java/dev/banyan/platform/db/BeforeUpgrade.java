package dev.banyan.platform.db;

/// Called once the tables of an existing database are about to be updated.
@FunctionalInterface
public interface BeforeUpgrade {

    BeforeUpgrade NOTHING = (_, _) -> {};

    /// @param from the present version of the schema, such as `155`
    /// @param to the version that it will have
    /// @throws DatabaseUnavailable with one clear line if the tables must stay as they are
    void upgrade(String from, String to);
}
