package dev.banyan.platform.db;

import module java.base;

/// Marks a store method that does not take the owner of its data as first parameter, and says why that is right.
/// Required by `ModuleBoundaryTest.storesAskWhoseDataItIs`.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AllTenants {

    /// Why the query may run without an owner.
    String value();
}
