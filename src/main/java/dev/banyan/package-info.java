/// The program: [dev.banyan.Banyan] starts it, [dev.banyan.Wiring] and [dev.banyan.Startup] put its parts together,
/// [dev.banyan.Jobs] begins the schedules that the rooms contribute.
///
/// Owns no tables. May call every package. Commands that need the running parts of a server but no port begin in
/// `DataCommand`; those that look at a data folder from outside lie in `commands`.
@org.jspecify.annotations.NullMarked
package dev.banyan;
