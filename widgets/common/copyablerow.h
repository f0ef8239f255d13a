// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

/// A label, a value in the fixed font that can be selected, and a button that copies it. A value wider than the row
/// scrolls, and stands whole in the tooltip.
class CopyableRow final : public QWidget {
    Q_OBJECT

public:
    explicit CopyableRow(const QString &label, const QString &value = {}, QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setValue(const QString &value);
    QString value() const;
    /// What is copied, where the value is only what can be shown of it. Until the next setValue().
    void setCopied(const QString &whole);
    void setLabelWidth(int width);
    /// The hairline below; the last row of a list has none.
    void setLineBelow(bool line);

signals:
    /// The value has gone to the clipboard.
    void copied();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void copy();
    void renewLook();
    void renewLabel();
    void renewEllipsis();
    bool isCut() const;

    QString m_name; ///< what m_label shows, whole
    QString m_copied;
    QLabel *m_label;
    QLineEdit *m_value;
    QLabel *m_ellipsis; ///< over the value's end, where that is cut
    QToolButton *m_copy;
    bool m_lineBelow = true;
};
