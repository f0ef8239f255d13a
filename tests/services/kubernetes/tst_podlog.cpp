// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/podlog.h"
#include "tests/support/fakekubernetes.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

class PodLogTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeKubernetes> m_server;
    std::unique_ptr<PodLog> m_log;
    QByteArrayList m_lines;
    int m_batches = 0;

    void begin(const PodLogQuery &query = {
                   QStringLiteral("shop"), QStringLiteral("nats-0"), QStringLiteral("nats"), {}, false, true})
    {
        m_lines.clear();
        m_batches = 0;
        m_server = std::make_unique<FakeKubernetes>();
        m_log = std::make_unique<PodLog>(*m_server, query);
        connect(m_log.get(), &PodLog::linesArrived, this, [this](const QByteArrayList &lines) {
            m_lines += lines;
            ++m_batches;
        });
        m_log->start();
        m_server->lastStream()->open();
    }

private Q_SLOTS:
    void cleanup() { m_log.reset(); }

    void asksForWhatIsWanted()
    {
        begin({QStringLiteral("shop"), QStringLiteral("nats-0"), QStringLiteral("nats"), 200, true, true});
        const ApiRequest request = m_server->requests.value(0);
        QCOMPARE(request.path, QStringLiteral("/api/v1/namespaces/shop/pods/nats-0/log"));
        QCOMPARE(request.query.toString(), QStringLiteral("container=nats&tailLines=200&previous=true&follow=true"));
    }

    void joinsLinesCutAnywhere()
    {
        QByteArrayList expected;
        QByteArray text;
        QRandomGenerator random(7);
        for (int i = 0; i < 2000; ++i) {
            expected.append(QByteArray(random.bounded(200), char('a' + i % 26)));
            text += expected.last() + '\n';
        }
        begin();
        for (qsizetype at = 0; at < text.size();) {
            const qsizetype length = random.bounded(1, 500);
            m_server->lastStream()->feed(text.mid(at, length));
            at += length;
        }
        m_server->lastStream()->finish();
        QCOMPARE(m_lines, expected);
    }

    void keepsCarriageReturnsEmptyLinesAndBytesThatAreNoText()
    {
        begin();
        m_server->lastStream()->feed(QByteArray("a\r\n\n\xff\0b\n", 8));
        m_server->lastStream()->finish();
        QCOMPARE(m_lines, (QByteArrayList{"a\r", "", QByteArray("\xff\0b", 3)}));
    }

    void showsALastLineWithoutNewline()
    {
        begin();
        m_server->lastStream()->feed("one\ntwo");
        m_server->lastStream()->finish();
        QCOMPARE(m_lines, (QByteArrayList{"one", "two"}));
    }

    void cutsLinesOfMoreThanAMebibyte()
    {
        begin();
        const qsizetype mebibyte = 1024 * 1024;
        m_server->lastStream()->feed(QByteArray(mebibyte, 'x') + '\n');
        m_server->lastStream()->feed(QByteArray(mebibyte, 'y'));
        m_server->lastStream()->feed(QByteArray(mebibyte + 5, 'y') + "\nend\n");
        m_server->lastStream()->finish();
        QCOMPARE(m_lines.size(), 5);
        QCOMPARE(m_lines.value(0), QByteArray(mebibyte, 'x'));
        QCOMPARE(m_lines.value(1), QByteArray(mebibyte, 'y'));
        QCOMPARE(m_lines.value(2), QByteArray(mebibyte, 'y'));
        QCOMPARE(m_lines.value(3), QByteArray("yyyyy"));
        QCOMPARE(m_lines.value(4), QByteArray("end"));
    }

    void gathersLinesInBatches()
    {
        begin();
        for (int i = 0; i < 1000; ++i)
            m_server->lastStream()->feed("line\n");
        QCOMPARE(m_batches, 0);
        QTRY_COMPARE(m_lines.size(), 1000);
        QCOMPARE(m_batches, 1);
    }

    void endsOnceAfterTheLastLine()
    {
        begin();
        int linesAtEnd = -1;
        std::optional<Error> reported;
        connect(m_log.get(), &PodLog::ended, this, [&](const std::optional<Error> &error) {
            QCOMPARE(linesAtEnd, -1);
            linesAtEnd = int(m_lines.size());
            reported = error;
        });
        m_server->lastStream()->feed("one\n");
        const Error error{Error::Kind::Offline, QStringLiteral("gone"), {}, {}, {}};
        m_server->lastStream()->breakOff(error);
        QCOMPARE(linesAtEnd, 1);
        QCOMPARE(reported, std::optional(error));
    }

    void mayBeEndedByWhoeverItTells()
    {
        begin();
        connect(m_log.get(), &PodLog::linesArrived, this, [this] { m_log.reset(); });
        m_server->lastStream()->feed("one\n");
        m_server->lastStream()->finish();
        QVERIFY(!m_log);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!m_server->lastStream());
    }

    void endsItsRequestWithItself()
    {
        begin();
        m_log.reset();
        QVERIFY(!m_server->lastStream());
    }
};

QTEST_GUILESS_MAIN(PodLogTest)
#include "tst_podlog.moc"
