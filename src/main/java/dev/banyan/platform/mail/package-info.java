/// Outgoing mail: written in the transaction that causes it, sent afterwards.
@NullMarked
package dev.banyan.platform.mail;

import org.jspecify.annotations.NullMarked;
