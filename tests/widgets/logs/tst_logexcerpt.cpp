// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logbuffer.h"
#include "widgets/logs/logexcerpt.h"
#include "widgets/logs/loglinelayout.h"

#include <QRandomGenerator>
#include <QTest>

namespace {

QByteArray randomLine(QRandomGenerator &random)
{
    static const QByteArrayList pieces{"a", "[INF]", " ", "\t", "\xc3\xbc", "\xe2\x82\xac", "\xf0\x9f\x90\xb3", "\xff",
        "\xe2\x82", QByteArray("\0", 1), "\r"};
    QByteArray line;
    for (int count = random.bounded(12); count > 0; --count)
        line += pieces[random.bounded(int(pieces.size()))];
    return line;
}

/// Line by line, as each is laid out.
QString expected(const LogBuffer &buffer, const LogSelection &selection)
{
    const LogPosition begin = std::max(selection.begin(), LogPosition{buffer.firstLine(), 0});
    const LogPosition end = selection.end();
    QStringList lines;
    for (qint64 number = begin.line; begin < end && number <= end.line; ++number) {
        const LogLineLayout layout(buffer.line(number), QFont(), 8);
        lines.append(
            layout.text(number == begin.line ? begin.column : 0, number == end.line ? end.column : layout.length()));
    }
    return lines.join(u'\n');
}

} // namespace

class LogExcerptTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatIsShownAsSelected()
    {
        QRandomGenerator random(4711);
        LogBuffer buffer(8 * 1024); // several blocks, and the oldest are dropped
        for (int i = 0; i < 2000; ++i)
            buffer.append({randomLine(random)});
        QVERIFY(buffer.droppedLines() > 0);
        const auto position = [&] {
            return LogPosition{buffer.firstLine() - 3 + random.bounded(buffer.lineCount() + 3), random.bounded(20)};
        };
        for (int round = 0; round < 300; ++round) {
            const LogSelection selection{position(), position()};
            QCOMPARE(LogExcerpt::selected(buffer, selection).text(), expected(buffer, selection));
        }
    }

    void holdsNothingWhereNothingIsSelected()
    {
        LogBuffer buffer;
        QCOMPARE(LogExcerpt::everything(buffer).text(), QString());
        QCOMPARE(LogExcerpt::selected(buffer, {{0, 0}, {0, 5}}).text(), QString());
        buffer.append({"alpha", ""});
        QCOMPARE(LogExcerpt::selected(buffer, {{0, 2}, {0, 2}}).text(), QString());
        QCOMPARE(LogExcerpt().text(), QString());
        QCOMPARE(LogExcerpt::selected(buffer, {{0, 99}, {1, 99}}).text(), u"\n"_qs);
    }

    void holdsEverything()
    {
        LogBuffer buffer;
        buffer.append({"alpha", "", "b\xc3\xbc"});
        QCOMPARE(LogExcerpt::everything(buffer).text(), u"alpha\n\nb\u00fc\n"_qs);
        QCOMPARE(LogExcerpt::everything(buffer).byteCount(), buffer.byteCount());
    }

    void staysWhatItWasWhenTheBufferGoesOn()
    {
        LogBuffer buffer(1024);
        buffer.append({"alpha", "beta"});
        const LogExcerpt excerpt = LogExcerpt::selected(buffer, {{0, 1}, {1, 2}});
        for (int i = 0; i < 1000; ++i)
            buffer.append({"another line"});
        QCOMPARE(excerpt.text(), u"lpha\nbe"_qs);
    }
};

QTEST_MAIN(LogExcerptTest)
#include "tst_logexcerpt.moc"
