package dev.banyan.platform.db;

import module java.base;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Runs the tests of a class on SQLite and on PostgreSQL. Its constructor takes a new [Database], which the tests of
/// the class share.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{argumentSetName}")
@ArgumentsSource(TestDatabases.Fresh.class)
public @interface OnEveryDatabase {}
