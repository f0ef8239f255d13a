// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/accessible.h"

#include "widgets/common/meter.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QWindow>

namespace {

class AccessibleSwitch final : public QAccessibleWidget {
public:
    explicit AccessibleSwitch(Switch *widget)
        : QAccessibleWidget(widget, QAccessible::CheckBox, widget->text())
        , m_switch(widget)
    {
    }

    QString text(QAccessible::Text what) const override
    {
        const QString given = QAccessibleWidget::text(what);
        return what == QAccessible::Name && given.isEmpty() ? m_switch->text().remove(QLatin1Char('&')) : given;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = true;
        state.checked = m_switch->isChecked();
        return state;
    }

    QStringList actionNames() const override { return {toggleAction(), setFocusAction()}; }

    void doAction(const QString &action) override
    {
        if (action == toggleAction() || action == pressAction())
            m_switch->click();
        else
            QAccessibleWidget::doAction(action);
    }

private:
    Switch *m_switch;
};

class AccessibleMeter final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit AccessibleMeter(Meter *meter)
        : QAccessibleWidget(meter, QAccessible::ProgressBar)
        , m_meter(meter)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QVariant currentValue() const override { return qRound(m_meter->value() * 100); }
    void setCurrentValue(const QVariant &) override { }
    QVariant maximumValue() const override { return 100; }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }

private:
    Meter *m_meter;
};

/// One segment, which is no widget of its own. AccessibleChoice deletes it before the choice is gone.
class AccessibleSegment final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleSegment(SegmentedChoice *choice, int index)
        : m_choice(choice)
        , m_index(index)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    bool isValid() const override { return m_index < m_choice->count(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_choice->window()->windowHandle(); }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_choice); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::RadioButton; }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text what) const override
    {
        if (what == QAccessible::Name)
            return m_choice->choiceLabel(m_index);
        return what == QAccessible::Description ? m_choice->choiceReason(m_index) : QString();
    }

    QRect rect() const override
    {
        const QRect place = m_choice->choiceRect(m_index);
        return {m_choice->mapToGlobal(place.topLeft()), place.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.checkable = true;
        state.checked = m_choice->currentIndex() == m_index;
        state.focusable = true;
        state.focused = state.checked && m_choice->hasFocus();
        state.disabled = !m_choice->isEnabled() || !m_choice->isChoiceEnabled(m_index);
        return state;
    }

    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &action) override
    {
        if (action == pressAction() || action == toggleAction())
            m_choice->choose(m_index);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    SegmentedChoice *m_choice;
    int m_index;
};

class AccessibleChoice final : public QAccessibleWidget {
public:
    explicit AccessibleChoice(SegmentedChoice *choice)
        : QAccessibleWidget(choice, QAccessible::Grouping)
        , m_choice(choice)
    {
    }
    ~AccessibleChoice() override
    {
        for (const QAccessible::Id id : std::as_const(m_segments))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return m_choice->count(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= m_choice->count())
            return nullptr;
        if (!m_segments.contains(index))
            m_segments.insert(index, QAccessible::registerAccessibleInterface(new AccessibleSegment(m_choice, index)));
        return QAccessible::accessibleInterface(m_segments.value(index));
    }

    QAccessibleInterface *focusChild() const override
    {
        return m_choice->hasFocus() ? child(m_choice->currentIndex()) : nullptr;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint position = m_choice->mapFromGlobal(QPoint(x, y));
        for (int i = 0; i < m_choice->count(); ++i) {
            if (m_choice->choiceRect(i).contains(position))
                return child(i);
        }
        return nullptr;
    }

    int indexOfChild(const QAccessibleInterface *segment) const override
    {
        for (auto i = m_segments.cbegin(); i != m_segments.cend(); ++i) {
            if (QAccessible::accessibleInterface(i.value()) == segment)
                return i.key();
        }
        return -1;
    }

private:
    SegmentedChoice *m_choice;
    mutable QHash<int, QAccessible::Id> m_segments;
};

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    if (auto *control = qobject_cast<Switch *>(object))
        return new AccessibleSwitch(control);
    if (auto *meter = qobject_cast<Meter *>(object))
        return new AccessibleMeter(meter);
    if (auto *choice = qobject_cast<SegmentedChoice *>(object))
        return new AccessibleChoice(choice);
    auto *widget = qobject_cast<QWidget *>(object);
    static const QStringList texts = {QStringLiteral("StatusBadge"), QStringLiteral("Tag"),
        QStringLiteral("ElidingLabel"), QStringLiteral("StepRail"), QStringLiteral("StepList"), QStringLiteral("Tile")};
    if (widget && texts.contains(className))
        return new QAccessibleWidget(widget, QAccessible::StaticText);
    if (widget && className == QStringLiteral("Sparkline"))
        return new QAccessibleWidget(widget, QAccessible::Chart);
    if (widget && (className == QStringLiteral("InlineMessage") || className == QStringLiteral("Banner")))
        return new QAccessibleWidget(widget, QAccessible::Note);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}
