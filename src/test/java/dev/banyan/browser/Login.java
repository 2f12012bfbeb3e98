package dev.banyan.browser;

/// The credentials of a person. `username` names their account.
record Login(String email, String username, String password) {}
