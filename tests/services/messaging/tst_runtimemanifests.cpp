// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimemanifests.h"

#include <QJsonArray>
#include <QTest>

class RuntimeManifestsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The monitoring port asks for no password.
    void opensToAnybodyWhatClientsAndScrapersNeed()
    {
        const RuntimeManifests manifests(QStringLiteral("pennant-messaging"), {});
        const QJsonArray rules =
            manifests.networkPolicy().value(QLatin1String("spec"))[QLatin1String("ingress")].toArray();
        QList<int> open;
        for (const QJsonValue &rule : rules) {
            if (rule[QLatin1String("from")].isUndefined()) {
                for (const QJsonValue &port : rule[QLatin1String("ports")].toArray())
                    open.append(port[QLatin1String("port")].toInt());
            }
        }
        QCOMPARE(open, QList<int>({4222, 8080, 7777}));
    }
};

QTEST_GUILESS_MAIN(RuntimeManifestsTest)
#include "tst_runtimemanifests.moc"
