// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/secretstring.h"

#include <QByteArray>
#include <QObject>

#include <chrono>

class Clock;

/// A bearer token, and the file, if any, that others renew it in (of ServiceAccounts well before it expires). While it
/// is in use it is read again every thirty seconds, in the background, because the file may be far away; where that
/// brings nothing, the token stays. GUI thread.
class TokenFile final : public QObject {
    Q_OBJECT

public:
    /// `clock` must outlive it.
    explicit TokenFile(Clock &clock);

    /// From now on `token`, as it stands in the file `path`; without a path it stays as it is.
    void set(const QString &path, const SecretString &token);
    /// As it was read last.
    const SecretString &token();
    /// Reads the file now, whenever it was read last; `read` follows. There must be one.
    void readNow();
    bool isRenewedByOthers() const { return !m_path.isEmpty(); }
    /// When it became another one.
    std::chrono::milliseconds renewedAt() const { return m_renewedAt; }

Q_SIGNALS:
    void read();

private:
    void take(const QByteArray &content);

    Clock &m_clock;
    QString m_path;
    SecretString m_token;
    std::chrono::milliseconds m_askedAt{0};
    std::chrono::milliseconds m_renewedAt{0};
    Pending<QByteArray> m_reading;
};
