#pragma once

namespace pressings::test {

/// Gives this process namespaces of its own, of the kinds that unshare(2) knows (CLONE_NEWNS,
/// CLONE_NEWNET), in which it may do what root may; false if that cannot be had here. To be called
/// before there is another thread.
bool enter_own_namespaces(int kinds);

/// Whether this process is root only among processes of its own, and so cannot become another user.
bool is_root_of_own_alone();

}  // namespace pressings::test
