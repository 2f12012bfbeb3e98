package dev.banyan.platform.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a store method that does not take the owner of its data as first parameter, and says why that is right.
/// Required by `ModuleBoundaryTest.storesAskWhoseDataItIs`.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AllTenants {

    /// Why the query may run without an owner.
    String value();
}
