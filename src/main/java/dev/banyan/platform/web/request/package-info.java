/// What a request asks for, found before its resource method is called: whose things, and whether the caller may.
///
/// Owns no tables. May call `platform.web`. An entrance is the beginning of an address, such as `/api/admin/`; accounts
/// and workspaces say who may come in through theirs. Begin with `OwnerRequest`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.request;
