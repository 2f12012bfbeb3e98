/// The commands of `./banyan` that run beside a server or without one: `doctor`, `backup`, `restore`, `audit`.
///
/// Owns no tables. May call every package.
@NullMarked
package dev.banyan.commands;

import org.jspecify.annotations.NullMarked;
