/// The sample agency of `./banyan demo`.
///
/// Owns no tables. May call every package but `console`. It creates everything through the operations that people use,
/// and each step checks first whether it was done, so an interrupted start is finished by the next one.
/// `DemoSafetyCheck` refuses a database that the demo did not create. Begin with `Demo`.
@org.jspecify.annotations.NullMarked
package dev.banyan.demo;
