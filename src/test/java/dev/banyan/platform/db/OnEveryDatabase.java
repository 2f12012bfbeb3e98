package dev.banyan.platform.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Runs the tests of a class on SQLite and on PostgreSQL. Its constructor takes a new [Database], which the tests of
/// the class share.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{argumentSetName}")
@ArgumentsSource(TestDatabases.Fresh.class)
public @interface OnEveryDatabase {}
