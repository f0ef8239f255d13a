// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logbuffer.h"
#include "widgets/logs/logclipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

namespace {

QString onClipboard()
{
    return QGuiApplication::clipboard()->text();
}

/// A little more than is copied at once.
void fill(LogBuffer &buffer)
{
    for (qsizetype bytes = 0; bytes <= LogClipboard::smallBytes; bytes += 1000)
        buffer.append({QByteArray(999, 'x')});
}

} // namespace

class LogClipboardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->setText(u"before"_qs); }

    void copiesWhatIsSmallAtOnce()
    {
        LogBuffer buffer;
        buffer.append({"alpha", "beta"});
        LogClipboard clipboard;
        const QSignalSpy copied(&clipboard, &LogClipboard::copied);
        clipboard.copy(LogExcerpt::everything(buffer));
        QCOMPARE(onClipboard(), u"alpha\nbeta\n"_qs);
        QCOMPARE(copied, QList<QVariantList>{{qint64(2)}});
    }

    void makesALargeTextElsewhereAndTellsWhenItIsThere()
    {
        LogBuffer buffer;
        fill(buffer);
        LogClipboard clipboard;
        QSignalSpy copied(&clipboard, &LogClipboard::copied);
        clipboard.copy(LogExcerpt::everything(buffer));
        QCOMPARE(onClipboard(), u"before"_qs);
        QTRY_COMPARE(copied.count(), 1);
        QCOMPARE(copied.first().first().toLongLong(), buffer.lineCount());
        QCOMPARE(onClipboard().size(), buffer.byteCount());
    }

    void leavesTheLastOneCopied()
    {
        LogBuffer large;
        fill(large);
        LogBuffer small;
        small.append({"newest"});
        LogClipboard clipboard;
        QSignalSpy copied(&clipboard, &LogClipboard::copied);
        clipboard.copy(LogExcerpt::everything(large));
        clipboard.copy(LogExcerpt::everything(small));
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(onClipboard(), u"newest\n"_qs);
        QCOMPARE(copied, QList<QVariantList>{{qint64(1)}});
    }

    void makesTheTextOfASelectionWhenItIsPasted()
    {
        LogBuffer buffer;
        buffer.append({"alpha", "beta"});
        const LogMimeData data(LogExcerpt::selected(buffer, {{0, 2}, {1, 1}}));
        QVERIFY(data.hasText());
        QCOMPARE(data.formats(), QStringList{u"text/plain"_qs});
        QCOMPARE(data.text(), u"pha\nb"_qs);
        QVERIFY(!data.hasHtml());
        QVERIFY(data.data(u"image/png"_qs).isEmpty());
        QCOMPARE(data.data(u"text/plain"_qs), QByteArray("pha\nb"));
    }
};

QTEST_MAIN(LogClipboardTest)
#include "tst_logclipboard.moc"
