package dev.banyan.whatsapp;

import module java.base;

/// How often one number may write to one contact.
///
/// @param every one message per this interval, in the long run; 1 to 3,600 seconds
/// @param burst messages sent before the interval applies, 1 to 100
public record PairLimit(Duration every, int burst) {}
