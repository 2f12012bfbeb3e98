/// The record of administrative acts and denied access: written in the transaction of the act, sealed in a chain per
/// tenant, verified, searched.
@NullMarked
package dev.banyan.platform.audit;

import org.jspecify.annotations.NullMarked;
