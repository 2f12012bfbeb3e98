/// Calls to outside servers, whose addresses are typed by people of tenants: never into this server's own network,
/// never without a time limit, never larger than memory allows.
@NullMarked
package dev.banyan.platform.http;

import org.jspecify.annotations.NullMarked;
