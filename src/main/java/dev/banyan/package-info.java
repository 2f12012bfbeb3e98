/// The program: [dev.banyan.Banyan] starts it, [dev.banyan.Jobs] lists its schedules, [dev.banyan.demo.Demo] fills it.
///
/// Owns no tables. May call every package.
@NullMarked
package dev.banyan;

import org.jspecify.annotations.NullMarked;
