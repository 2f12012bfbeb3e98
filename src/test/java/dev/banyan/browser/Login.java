package dev.banyan.browser;

/// What somebody types to sign in. `username` names their account.
record Login(String email, String username, String password) {}
