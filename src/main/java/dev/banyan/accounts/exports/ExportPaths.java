package dev.banyan.accounts.exports;

/// The addresses of the pages of exports.
final class ExportPaths {

    static final String HOME = "/admin/export";

    private ExportPaths() {}
}
