/// Calls to servers outside, whose addresses people of tenants type: never into this server's own network, never
/// without an end, never more than one can hold.
@NullMarked
package dev.banyan.platform.http;

import org.jspecify.annotations.NullMarked;
