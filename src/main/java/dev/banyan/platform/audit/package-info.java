/// The record of administrative acts and denied access: noted in the transaction that acts, sealed in a chain per
/// tenant, verified, searched.
@NullMarked
package dev.banyan.platform.audit;

import org.jspecify.annotations.NullMarked;
