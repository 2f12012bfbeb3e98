/// What the JSON routes share: answers, paging, strict reading, the OpenAPI document.
///
/// May call `platform.web` and `page`. Begin with `Answers`.
@NullMarked
package dev.banyan.platform.web.json;

import org.jspecify.annotations.NullMarked;
