// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/secretstring.h"
#include "services/domain/account.h"
#include "services/domain/runtime.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class Clock;
class KubernetesTransport;

/// Goes a client's way to one pod, stage by stage: tunnel, TCP, protocol, TLS, login, JetStream. Each is timed; the
/// first that fails says why and what to do, and ends the test. It speaks NATS by hand, because a library tells no more
/// than that it did not work. Changes nothing. GUI thread.
class ConnectionTest final : public QObject {
    Q_OBJECT

public:
    /// Asked for the password when it comes to the login, so that a permission that is missing shows there.
    using Password = std::function<Pending<SecretString>()>;

    /// Both must outlive it.
    ConnectionTest(KubernetesTransport &transport, Clock &clock, QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// Ends the test before, if there is one. `pod` empty: none is there to be tested, and the test says so.
    void start(const ConnectionDetails &details, const QString &pod, Password password);
    /// Leaves the stages as they stand; what was under way counts as failed.
    void cancel();

    bool isRunning() const;
    /// Empty before the first start.
    const QList<RuntimeStep> &stages() const;
    /// Why it ended before its end; nothing while it runs, and when all went well.
    const std::optional<Error> &problem() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};
