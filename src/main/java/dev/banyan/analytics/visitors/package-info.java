/// What a request tells of a visitor, and requests that are no visits.
///
/// Begin with [dev.banyan.analytics.visitors.VisitorRequest].
@org.jspecify.annotations.NullMarked
package dev.banyan.analytics.visitors;
