/// Host names that accounts have proved to own, for their pages, brands and workspaces (design 13): the records to
/// set, the checks, and which host leads where.
///
/// Owns the tables `domains` and `old_host_readings`. May call the core and the rooms below, and `platform.dns`.
/// What is at a host belongs to other packages, which implement `HostedKind`; what else ends with a domain is a
/// `DomainUse`, and asks for its right. Begin with `Domains` for what people do, and with `HostFilter` for requests.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.domains;
