// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logbuffer.h"
#include "widgets/logs/logview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace {

QByteArrayList numbered(int from, int count)
{
    QByteArrayList lines;
    for (int i = from; i < from + count; ++i)
        lines.append("line " + QByteArray::number(i));
    return lines;
}

} // namespace

/// Counts how often it is painted.
class PaintCounter final : public QObject {
    Q_OBJECT

public:
    explicit PaintCounter(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int count = 0;
};

class TestLogView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void followsTheEnd();
    void scrollingUpLeavesFollow();
    void endTakesFollowUpAgain();
    void staysAtItsLineWhileOlderOnesAreDropped();
    void selectsCharactersAcrossLines();
    void selectsAWordByDoubleClick();
    void selectsAndCopiesEverything();
    void paintsAtMostOncePerFrame();
    void paintsHostileLines();

private:
    void append(const QByteArrayList &lines);
    QPoint pointAt(int row, int column) const;

    std::unique_ptr<LogBuffer> m_buffer;
    std::unique_ptr<LogView> m_view;
};

void TestLogView::init()
{
    m_buffer = std::make_unique<LogBuffer>();
    m_view = std::make_unique<LogView>(*m_buffer);
    m_view->resize(600, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestLogView::cleanup()
{
    m_view.reset();
    m_buffer.reset();
}

void TestLogView::append(const QByteArrayList &lines)
{
    m_buffer->append(lines);
    m_view->showChanges();
}

QPoint TestLogView::pointAt(int row, int column) const
{
    const int lineHeight = m_view->viewport()->height() / m_view->linesInSight();
    return {10 + column * 8, 6 + row * lineHeight + lineHeight / 2};
}

void TestLogView::followsTheEnd()
{
    append(numbered(0, 1000));
    QTRY_COMPARE(m_view->topLine(), 1000 - m_view->linesInSight());
    append(numbered(1000, 500));
    QTRY_COMPARE(m_view->topLine(), 1500 - m_view->linesInSight());
    QVERIFY(m_view->isFollowing());
}

void TestLogView::scrollingUpLeavesFollow()
{
    QSignalSpy spy(m_view.get(), &LogView::followingChanged);
    append(numbered(0, 1000));
    QTRY_VERIFY(m_view->topLine() > 0);
    m_view->verticalScrollBar()->setValue(100);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(spy.count(), 1);
    append(numbered(1000, 500));
    QTRY_COMPARE(m_view->verticalScrollBar()->maximum(), 1500 - m_view->linesInSight());
    QCOMPARE(m_view->topLine(), 100);
}

void TestLogView::endTakesFollowUpAgain()
{
    append(numbered(0, 1000));
    QTRY_VERIFY(m_view->topLine() > 0);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(m_view->topLine(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QVERIFY(m_view->isFollowing());
    QCOMPARE(m_view->topLine(), 1000 - m_view->linesInSight());
}

void TestLogView::staysAtItsLineWhileOlderOnesAreDropped()
{
    m_view.reset();
    m_buffer = std::make_unique<LogBuffer>(64 * 1024);
    m_view = std::make_unique<LogView>(*m_buffer);
    m_view->resize(600, 300);
    append(numbered(0, 5000));
    m_view->setFollowing(false);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 50);
    const qint64 top = m_view->topLine();
    append(numbered(5000, 500));
    QTRY_COMPARE(m_view->verticalScrollBar()->maximum(), int(m_buffer->lineCount()) - m_view->linesInSight());
    QCOMPARE(m_view->topLine(), top);
    append(numbered(5500, 20000));
    QTRY_COMPARE(m_view->topLine(), m_buffer->firstLine());
}

void TestLogView::selectsCharactersAcrossLines()
{
    append({"alpha beta", "gamma", "delta"});
    m_view->select({{0, 6}, {2, 3}});
    QCOMPARE(m_view->selectedText(), u"beta\ngamma\ndel"_qs);
    m_view->select({{2, 3}, {0, 6}});
    QCOMPARE(m_view->selectedText(), u"beta\ngamma\ndel"_qs);

    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 0) - QPoint(9, 0));
    QTest::mouseMove(m_view->viewport(), pointAt(1, 0) - QPoint(9, 0));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, pointAt(1, 0) - QPoint(9, 0));
    QCOMPARE(m_view->selectedText(), u"alpha beta\n"_qs);
}

void TestLogView::selectsAWordByDoubleClick()
{
    append({"alpha beta"});
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 1));
    QCOMPARE(m_view->selectedText(), u"alpha"_qs);
}

void TestLogView::selectsAndCopiesEverything()
{
    append({"alpha", "", QByteArray("a\0b", 3)});
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().size(), 5 + 1 + 0 + 1 + 3);
}

void TestLogView::paintsAtMostOncePerFrame()
{
    QTest::qWait(50);
    PaintCounter counter(m_view->viewport());
    for (int i = 0; i < 1000; ++i)
        append(numbered(i, 1));
    QTRY_COMPARE(m_view->topLine(), 1000 - m_view->linesInSight());
    QTest::qWait(50);
    QVERIFY2(counter.count <= 3, QByteArray::number(counter.count).constData());
}

void TestLogView::paintsHostileLines()
{
    append({QByteArray(1 << 20, 'x'), "\xff\xfe", QByteArray("\0\0", 2), "\x1b[31mred",
        QByteArray("\xc3\xbc").repeated(1 << 19), "[1] 2026/11/23 09:41:10.000000 [ERR] bad"});
    QVERIFY(!m_view->viewport()->grab().isNull());
    QVERIFY(m_view->horizontalScrollBar()->maximum() > 1 << 20);
    m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
    QVERIFY(!m_view->viewport()->grab().isNull());
}

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
