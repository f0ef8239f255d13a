// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

class KubernetesClient;
class RawNats;

/// Tries what a viewer may not do past all of this program's own rules, and writes down who refused it in which words.
class BackDoors final {
public:
    /// One line of the table; answers `isRefused`.
    bool isClosed(const char *who, const QString &what, bool isRefused, const QString &words);
    /// Every write of every object of a runtime, and every Secret that is not for a viewer.
    bool areClosedAtTheApiServer(KubernetesClient &client, const QString &nameSpace);
    /// Every request of JetStream that changes something, and every subject that is nobody's business. Of a stream
    /// `orders` with a consumer `billing`.
    bool areClosedAtNats(RawNats &nats, const QByteArray &inbox);

    QString table() const { return m_lines.join(QLatin1Char('\n')); }

private:
    bool isViolation(const QString &what, const QByteArray &said);

    QStringList m_lines;
};
