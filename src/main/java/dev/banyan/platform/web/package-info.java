/// The HTTP edge that all resources share: gate, errors, answers, idempotency, layout of pages, assets.
@NullMarked
package dev.banyan.platform.web;

import org.jspecify.annotations.NullMarked;
