/// How an act is answered: its value or its refusal become JSON, an envelope or a page, once for each entrance.
///
/// Owns no tables. May call `platform.web` and everything below it. A resource returns a plain value, or throws
/// `Refused`; begin with that.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.answer;
