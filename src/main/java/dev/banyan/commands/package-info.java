/// The commands of `./banyan` that work with or without a running server: `doctor`, `backup`, `restore`, `audit`.
///
/// Owns no tables. May call every package.
@NullMarked
package dev.banyan.commands;

import org.jspecify.annotations.NullMarked;
