package dev.banyan.platform;

import module java.base;

/// Exempts a class from a rule of `ModuleBoundaryTest`. At most twenty in total.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Exempt {

    /// The rule: the name of the test's method.
    String from();

    /// Why the class may break it.
    String because();
}
