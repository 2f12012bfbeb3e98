/// What a request tells of a visitor, and requests that are no visits.
///
/// Begin with [dev.banyan.analytics.visitors.VisitorRequest].
@NullMarked
package dev.banyan.analytics.visitors;

import org.jspecify.annotations.NullMarked;
