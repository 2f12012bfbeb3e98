/// What the JSON routes share: answers, paging, strict reading, the OpenAPI document.
///
/// Owns no tables. May call `platform.web.page` and everything below it. Answers have two shapes, a bare object and an
/// envelope; which of them a route uses never changes. A wrong type is refused rather than guessed, and unknown fields
/// are ignored except where the body has `NoOtherFields`. Begin with `Answers` and `JsonRules`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.json;
