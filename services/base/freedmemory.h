// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

/// While any FreedMemoryWiping lives, whatever this program frees is overwritten first: a secret passes through buffers
/// of Qt, TLS, JSON and the clipboard that nobody else could wipe. Costs time, so it is for as long as a secret is
/// about and not longer. It takes glibc and no sanitizer; elsewhere it does nothing (`isPossible`). Any thread.
class FreedMemoryWiping final {
public:
    FreedMemoryWiping();
    ~FreedMemoryWiping();
    FreedMemoryWiping(const FreedMemoryWiping &) = delete;
    FreedMemoryWiping &operator=(const FreedMemoryWiping &) = delete;

    static bool isPossible();
    static bool isOn();
};

/// For whoever has a secret at times: wipes from begin() until a while after end(), because some buffers go later than
/// what they held. GUI thread.
class SecretTrace final {
public:
    ~SecretTrace();
    void begin();
    void end();

private:
    std::shared_ptr<FreedMemoryWiping> m_wiping;
};
