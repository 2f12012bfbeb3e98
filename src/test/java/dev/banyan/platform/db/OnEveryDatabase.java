package dev.banyan.platform.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// The tests of this class hold on SQLite and on PostgreSQL. Its constructor takes a new [Database] of the kind that is
/// to be tested; the tests of the class share it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{argumentSetName}")
@ArgumentsSource(TestDatabases.Fresh.class)
public @interface OnEveryDatabase {}
